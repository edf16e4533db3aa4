import type { CanvasProps } from '@tarojs/components';
import type { DocumentFileType } from '../../../domain/document-files';

/** Where a finger, a pen or a mouse is on a canvas, in the canvas's own pixels; `pressure`, if the device feels it, from 0 to 1. */
export interface Place {
  x: number;
  y: number;
  pressure?: number;
}

/** The event of a stroke on a canvas. */
export interface StrokeListener {
  /** @returns false if another finger or pen is writing already */
  down(place: Place): boolean;
  move(place: Place): void;
  up(): void;
}

/** `auth_base` signs in without a question; for `auth_user` Alipay asks the person whether it may give name and number. */
type Scope = 'auth_base' | 'auth_user';

/** How a person came back from the vendor's page: at its end, or early. A browser is not back yet: it comes back by a reload. */
type FaceCheckReturn = 'ended' | 'left' | 'not-yet';

/** A response of the API, as Taro gives it. */
export interface HttpResponse {
  statusCode: number;
  data: unknown;
  header?: Record<string, string>;
}

/** A file that lies where the page and the viewers of the phone find it. */
export interface HeldFile {
  url: string;
  /** Shows it in the viewer of the phone or the browser. @returns whether that opened */
  openPdf(): Promise<boolean>;
  /** Saves it among the downloads of a browser. In a mini-program the viewer does that. */
  save?(fileName: string): void;
  /** Takes it away. */
  release(): void;
}

/** What differs between Alipay, browsers and WeChat. Each has a file in this folder; the build chooses one. */
export interface Platform {
  /** The API's name for it; undefined where people can't sign in and have their face checked yet. */
  channel?: 'alipay' | 'h5';
  /** Whether Alipay asks for name and number in a dialog, and the page stays. */
  requestsIdentityInDialog: boolean;
  /** Takes the authorization code out of the page's address, with the scope that it was requested for. */
  takeAuthCode(): { code: string; scope: Scope } | undefined;
  /**
   * Gets an authorization code of the account.
   * @param authorizeUrl where a browser gets it, and from where it comes back with the code
   * @returns undefined if the person said no, or the page is being left
   */
  authCode(scope: Scope, authorizeUrl?: string): Promise<string | undefined>;
  /** Opens the vendor's page of a face check. */
  openFaceCheck(check: { url: string; certifyId: string }): Promise<FaceCheckReturn>;
  /** Asks the person to allow messages of these templates. It resolves with any answer of theirs. */
  requestMessages(templates: readonly string[]): Promise<void>;
  /** The token in the link of an invitation, if the mini-program was opened by one. */
  launchedWithInvitation(): string | undefined;
  /** Opens a web page in a new tab, in browsers only. */
  openInNewTab(url: string): void;
  /** Saves a picture to the phone's album or the browser's downloads. */
  savePicture(url: string): Promise<void>;
  /** The response in what a failed request threw: Alipay throws responses whose status is not 200. */
  responseIn(failure: unknown): HttpResponse | undefined;
  /** Moves the focus of keys and screen readers to an element, or to the first within it that can have it. Only browsers can. */
  focus(id: string): void;
  /** Reads a picture that needs the session, as a data URL; undefined if that fails. */
  readPicture(url: string, header: Record<string, string>): Promise<string | undefined>;
  /** Keeps texts for this tab of a browser, also while it is reloaded. A mini-program forgets them when it ends. */
  tabStorage: {
    read(name: string): string | undefined;
    write(name: string, text: string): void;
    remove(name: string): void;
  };
  /** Reads a file that needs the session; undefined if that fails. */
  readFile(url: string, header: Record<string, string>): Promise<ArrayBuffer | undefined>;
  /**
   * Puts a file where it can be shown. An earlier one may be taken away.
   * @param file `name` is its own, without an ending
   */
  holdFile(file: { bytes: ArrayBuffer; mediaType: DocumentFileType; name: string }): Promise<HeldFile>;
  /** 用手机签字, in browsers: a phone takes over the journey that is open on a computer. */
  handover?: {
    /** Whether this is a computer. */
    isOffered(): boolean;
    /** The address that the phone opens. */
    addressOf(code: string): string;
    /** Takes the code out of the page's address, on the phone. */
    takeCode(): string | undefined;
  };
  /** Whether dates are entered in an input of the browser's own, by choosing or typing. */
  hasDateInput: boolean;
  /** The event handlers with which a canvas tells the listener of strokes. */
  strokeHandlers(listener: StrokeListener): CanvasProps;
  /** Calls back when the screen is turned or the window changes. @returns a function that ends this */
  onResize(callback: () => void): () => void;
  /** Calls back when the network goes or comes. @returns a function that ends this */
  onNetworkChange(callback: (isOnline: boolean) => void): () => void;
  /** Moves the focus of the keys to the text of the page; undefined where there are no keys. */
  skipToText?(): void;
  /** Tells screen readers the language of the page. */
  announceLanguage(language: string): void;
}
