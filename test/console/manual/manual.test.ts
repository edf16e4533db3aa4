import { setStage } from '../../setup/stage';
import { auditingChapters } from './auditing';
import { openManual } from './chapters';
import { complaintChapters } from './complaints';
import { figureChapters } from './figures';
import { signInChapters } from './signing-in';
import { worklistChapters } from './worklist';

// Chapters in the order of the manual.
const manual = openManual(setStage('console-manual', 18_298));
signInChapters(manual);
worklistChapters(manual);
complaintChapters(manual);
figureChapters(manual);
auditingChapters(manual);
manual.checkWhole();
