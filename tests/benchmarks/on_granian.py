"""Our application for granian, an HTTP server written in Rust, set up as `serving.run` does for uvicorn."""

import gc

from mock_server import apis
from mock_server.app import create_app

app = create_app([apis.load("viben")])
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
