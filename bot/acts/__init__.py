"""What people press: one file per act. An act is given the inside and the click, and does one deed."""
