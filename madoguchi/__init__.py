"""The front door: settings, the wiring of everything (the only place that builds objects), the command line."""
