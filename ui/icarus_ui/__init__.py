"""The chat window."""

import os

# Read when Gradio is imported, so set before anything here can import it: no telemetry.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "True"
