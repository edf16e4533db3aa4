/** The last entry of a page of a list: its time, and its id among entries of the same time. */
export interface ListPlace {
  at: Date;
  id: string;
}
