UPDATE deliveries AS d JOIN matters AS m ON m.id = d.matter_id SET d.registry = m.registry WHERE d.registry IS NULL
