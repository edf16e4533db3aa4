DELETE FROM clerk_scopes WHERE prefix LIKE '____00'
