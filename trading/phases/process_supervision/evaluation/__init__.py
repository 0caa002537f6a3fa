"""The evaluation 评标: sheets, letters, votes, more time, the report."""
