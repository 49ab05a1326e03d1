//! What is deployed keeps to the policy, and what breaks it is refused: Rego over every rendered environment, and all scripts.

mod admission;
mod backup;
mod definitions;
mod documents;
mod gitops;
mod operations;
mod refused;
mod rego;
mod rendered;
mod scripts;
mod updates;
