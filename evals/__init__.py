"""Questions with known answers, the harness, the reports. Stands beside the house and may name vendors."""
