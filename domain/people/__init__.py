"""People in custody, by our own random id: identity and whereabouts. (Merges and events: issue F.)"""
