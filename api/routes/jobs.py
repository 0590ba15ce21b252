"""Long work: 202, then progress, then a result that its maker alone may read."""

from uuid import UUID

from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.shapes import Body, IdPath
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.oversight import jobs
from domain.oversight.record import Job, JobKind

routes = router("jobs")


class StartJob(Body):
    """What to do, and for which scheme; `TURNOVER` is for all, and takes none."""

    kind: JobKind
    scheme: UUID | None = None


@operation(
    routes, "POST", "/v1/jobs", Verb.START_JOB, name="startJob", summary="Start a job", shows=model(Job), status=202
)
async def start_job(call: CallDep, body: StartJob) -> Response:
    """Long work. Answers at once with where to look. Coordinator, governor, inspectorate (oversight), evaluator: about
    a scheme; of the coordinator also `ROTA`, whose result is a proposal that `layProposal` lays. Headquarters
    (oversight): `TURNOVER`, about every prison."""
    answer = await call.create(Job, lambda begin: jobs.start(begin, **body.given()))
    answer.status_code = 202
    return answer


@operation(routes, "GET", "/v1/jobs/{id}", Verb.READ_JOB, name="getJob", summary="One job", shows=model(Job))
async def get_job(call: CallDep, id: IdPath) -> Response:
    """Its progress and, when it is done, its result. Its maker alone."""
    return await call.show(lambda begin: jobs.read(begin, id))
