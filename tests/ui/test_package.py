import subprocess
import sys


def test_telemetry_is_off_before_gradio_can_be_imported() -> None:
    seen = "'gradio' in sys.modules, os.environ['GRADIO_ANALYTICS_ENABLED']"
    code = f"import os, sys; import icarus_ui.server; print({seen})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
