import * as frame from './de/frame.ts';
import type { Messages } from './messages.ts';
export const de: Messages = { ...frame };
