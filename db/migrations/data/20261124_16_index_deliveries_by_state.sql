CREATE INDEX deliveries_state ON deliveries (state, created_at)
