"""Demo data: fictional offices, people and histories, told through the same door as real cases."""
