// What the types of these packages leave out.

declare module 'linebreak' {
  /** The places where a line may end (UAX #14). */
  class LineBreaker {
    constructor(text: string);
    /** @returns `required` where the line must end; null after the last */
    nextBreak(): { position: number; required?: boolean } | null;
  }
  export = LineBreaker;
}

declare namespace PDFKit {
  namespace Mixins {
    interface PDFFont {
      /** A font that fontkit has parsed. */
      registerFont(name: string, font: { layout: unknown }): this;
    }
    interface PDFAttachmentOptions {
      /** AFRelationship, which PDF/A-3 requires. */
      relationship?: 'Source' | 'Data' | 'Alternative' | 'Supplement' | 'Unspecified';
    }
  }
}
