INSERT INTO worklist (journey_id, scope, authority, cause, to_do_id, document_type, case_number, priority, since, due_at, stuck_at, called_at,
    proposed_at, reviewer, assignee, change_id)
SELECT journey_id, scope, MIN(authority), MIN(cause), MIN(to_do_id), MIN(document_type), MIN(case_number),
    MIN(priority), MIN(COALESCE(began_at, stuck_at)), MIN(began_at + INTERVAL hours HOUR), MIN(stuck_at), MIN(called_at),
    MIN(proposed_at), MIN(reviewer), MIN(COALESCE(reviewer, '')), 0
FROM (
  SELECT waiting.*,
      COALESCE(proposed_at, IF(cause IN ('in-person', 'locked-out'), called_at, stuck_at)) AS began_at,
      CASE WHEN cause IN ('in-person', 'locked-out') AND called_at IS NULL AND proposed_at IS NULL THEN 4
        WHEN cause IN ('in-person', 'data-key-unavailable', 'system-fault') THEN 1
        WHEN cause = 'vendor-unavailable' THEN 3 ELSE 2 END AS priority,
      CASE WHEN cause IN ('in-person', 'data-key-unavailable', 'system-fault') THEN 1
        WHEN cause = 'vendor-unavailable' THEN 24 ELSE 4 END AS hours
  FROM (
    SELECT w.journey_id, w.authority, w.cause, w.to_do_id, w.stuck_at, j.document_type, j.case_number, p.attempts_asked_at AS called_at,
        d.decided_at AS proposed_at, d.reviewer,
        IF(w.authority = 'national', 'national', LEFT(w.authority, n.digits)) AS scope
    FROM worklist_before w
      JOIN journeys j ON j.id = w.journey_id
      JOIN (SELECT 2 AS digits UNION ALL SELECT 4 UNION ALL SELECT 6 UNION ALL SELECT 16) n
      LEFT JOIN stuck_periods p ON p.journey_id = w.journey_id AND p.left_at IS NULL
      LEFT JOIN decisions d ON d.journey_id = w.journey_id AND d.state = 'proposed'
  ) waiting
) placed
GROUP BY journey_id, scope
