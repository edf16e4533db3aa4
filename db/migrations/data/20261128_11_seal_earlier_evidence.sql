INSERT INTO evidence_seals (evidence_id, state)
SELECT id, 'unsealed' FROM evidence
