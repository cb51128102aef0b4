"""`python -m madoguchi`: the same as the command `madoguchi`."""

from madoguchi.cli import main

main()
