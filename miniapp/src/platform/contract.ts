import type { CanvasProps } from '@tarojs/components';

/** Where the tip of a finger, a pen or a mouse is on a canvas, in its own pixels, and how hard it presses, where that is felt. */
export interface Place {
  x: number;
  y: number;
  pressure?: number;
}

/** What a pad hears of the hand that writes on it. */
export interface Hand {
  /** @returns false where another one is writing */
  down(place: Place): boolean;
  move(place: Place): void;
  up(): void;
}

/** `auth_base` is for signing in, unasked; `auth_user` for name and number, which the person is asked about. */
type Scope = 'auth_base' | 'auth_user';

/** How a person came back from the vendor's page: by its end, early, or not yet, since a browser comes back by a reload. */
type FaceCheckReturn = 'ended' | 'left' | 'not-yet';

/** An answer of the api, as Taro hands it over. */
interface HttpAnswer {
  statusCode: number;
  data: unknown;
  header?: Record<string, string>;
}

/** Where the mini-program is and what is different there; one file of this folder for each, chosen by the build. */
export interface Platform {
  /** By which the api knows it; undefined where people can't sign in and have their face checked yet. */
  channel?: 'alipay' | 'h5';
  /** Whether the account's name and number are asked for in a dialogue, so that nobody is led away from the page for it. */
  asksInPlace: boolean;
  /** An authorization code that came with the address of the page, once, and what it was asked for. */
  codeBroughtAlong(): { code: string; scope: Scope } | undefined;
  /**
   * The authorization code of the account.
   * @param authorizeUrl where a browser has to go for it; it comes back with the code
   * @returns undefined where the person said no, or the page is being left
   */
  authCode(scope: Scope, authorizeUrl?: string): Promise<string | undefined>;
  /** Opens the vendor's page of a face check. */
  openFaceCheck(check: { url: string; certifyId: string }): Promise<FaceCheckReturn>;
  /** Asks the person to agree to messages of these templates, in the course of a tap. Whatever comes of it, it goes on. */
  askForMessages(templates: readonly string[]): Promise<void>;
  /** Of an invitation: the to-do that its link names. */
  invitedTo(): string | undefined;
  /** Opens a page of the web beside this one, where there is such a thing. */
  openBeside(url: string): void;
  /** Saves the picture of this address where the person finds it. */
  savePicture(url: string): Promise<void>;
  /** Of a request that the platform calls failed: the answer that it came with, if there was one. */
  answerIn(failure: unknown): HttpAnswer | undefined;
  /** A picture that only its person may see, as a data URL; undefined where it can't be had. */
  readPicture(url: string, header: Record<string, string>): Promise<string | undefined>;
  /** A day is chosen in a field of the browser's own, which is typed into as well. */
  hasDayInput: boolean;
  /** What a canvas must be given so that the hand hears what is done on it. */
  writing(hand: Hand): CanvasProps;
  /** Calls back when the screen is turned or the window changes. @returns what ends it */
  onResize(turned: () => void): () => void;
  /** Calls back when the network goes or comes. @returns what ends it */
  onNetwork(changed: (isThere: boolean) => void): () => void;
  /** What screen readers are told the page is written in. */
  announceLanguage(language: string): void;
}
