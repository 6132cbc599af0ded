"""The run: steps in order of what they read and write, a work folder that survives interruption, a manifest."""
