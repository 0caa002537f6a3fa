"""Standard papers 标准文书: a lot's record written as notice, invitation, document, sheet, award, contract."""
