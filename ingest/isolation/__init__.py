"""Reading where a bad file can do no harm: each file in a child process of its own, with limits and without secrets."""
