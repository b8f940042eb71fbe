"""What is done so that a complaint does not come twice: proposals, conclusions, measures. Norms: LAW-25-3, LAW-29-4."""
