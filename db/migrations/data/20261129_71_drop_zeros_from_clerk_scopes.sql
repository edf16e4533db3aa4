UPDATE IGNORE clerk_scopes SET prefix = IF(prefix LIKE '__0000', LEFT(prefix, 2), LEFT(prefix, 4)) WHERE prefix LIKE '____00'
