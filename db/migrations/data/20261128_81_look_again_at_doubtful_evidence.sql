UPDATE matters SET hold_reason = NULL WHERE hold_reason = 'evidence-doubtful'
