"""What the official Python SDK is asked to do; `official_python_client.py` runs it."""
