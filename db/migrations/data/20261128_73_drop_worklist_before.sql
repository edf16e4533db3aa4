DROP TABLE worklist_before
