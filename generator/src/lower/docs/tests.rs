mod cases;
mod check;
mod corpus;
mod properties;
