"""nbval runs the notebooks; the plugin looks at their charts."""

pytest_plugins = ["notebook_charts"]
