/** The id of the form that the rows' checkboxes belong to, and the name of each. */
export const SELECTION_FORM = "selection";
export const SELECTED_NUMBER = "number";
