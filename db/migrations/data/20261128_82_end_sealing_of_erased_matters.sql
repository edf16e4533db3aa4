UPDATE evidence_seals AS s
JOIN evidence AS e ON e.id = s.evidence_id
JOIN matters AS m ON m.id = e.matter_id
SET s.state = 'ended'
WHERE s.state = 'unsealed' AND s.jws IS NULL AND m.erased_at IS NOT NULL
