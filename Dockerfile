# The service and nothing else: no compiler, no package sources, no root. All it installs is named by hash in
# requirements.lock; DATABASE_URL and KEYS come from where it runs, never from here.

ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv --without-pip /opt/venv
COPY requirements.lock /tmp/requirements.lock
RUN pip --python /opt/venv/bin/python install --require-hashes --only-binary :all: -r /tmp/requirements.lock
WORKDIR /opt/peer-support
COPY . .
# The source tree is put on the path as it is: to build a wheel of it would take a build tool that no hash names.
RUN echo /opt/peer-support > "$(/opt/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/peer-support.pth" \
    && printf '%s\n' '#!/opt/venv/bin/python' 'import sys' 'from api.__main__ import main' 'sys.exit(main())' \
       > /opt/venv/bin/peer-support \
    && chmod 755 /opt/venv/bin/peer-support \
    && chmod -R a+rX /opt/peer-support \
    && /opt/venv/bin/python -m compileall -q api domain persistence migrations

FROM python:${PYTHON}
# A number, so that an orchestrator can see that it is not root; a name and a home too, since PostgreSQL out of the
# wheel, for a try without DATABASE_URL, will not run as somebody whom the system cannot name.
RUN groupadd --gid 10001 peer-support \
    && useradd --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin peer-support \
    && python -m pip uninstall -qy pip setuptools wheel 2>/dev/null
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/peer-support /opt/peer-support
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /opt/peer-support
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=3); c.request('GET', '/health/ping'); sys.exit(c.getresponse().status != 200)"]
CMD ["peer-support", "serve"]
