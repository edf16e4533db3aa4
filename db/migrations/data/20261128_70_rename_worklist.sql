RENAME TABLE worklist TO worklist_before
