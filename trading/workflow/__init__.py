"""The procedure and the one way to take a step 流程: asks the rules, writes the record, sets the status."""
