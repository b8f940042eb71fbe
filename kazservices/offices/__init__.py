"""Who provides a service: offices with their hours, staff with their terms of office, commissions."""
