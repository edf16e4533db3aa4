import { setStage } from '../../setup/stage';
import { accountChapters } from './accounts';
import { auditingChapters } from './auditing';
import { batchChapters } from './batch';
import { openManual } from './chapters';
import { complaintChapters } from './complaints';
import { figureChapters } from './figures';
import { flagChapters } from './flags';
import { journeyChapters } from './journey';
import { matterChapters } from './matters';
import { signInChapters } from './signing-in';
import { windowCheckChapters } from './window-check';
import { keyChapters, worklistChapters } from './worklist';

// Chapters in the order of the manual.
const manual = openManual(setStage('console-manual', 18_298));
signInChapters(manual);
worklistChapters(manual);
journeyChapters(manual);
batchChapters(manual);
windowCheckChapters(manual);
matterChapters(manual);
complaintChapters(manual);
flagChapters(manual);
figureChapters(manual);
auditingChapters(manual);
accountChapters(manual);
keyChapters(manual);
manual.checkWhole();
