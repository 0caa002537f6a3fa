"""HTTP without law 网页与接口: who may knock, reading JSON or a form by one schema, answering, errors, printing."""
