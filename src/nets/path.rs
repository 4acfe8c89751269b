//! What a parameter is called, such as `hidden.0.weight`, in metrics and in files.

/// Where a visitor of a net's modules stands.
#[derive(Debug, Default)]
pub struct Path(Vec<String>);

impl Path {
    /// To be called with what Burn's visitor gets.
    pub fn enter(&mut self, name: &str, container: &str) {
        if counts(container) {
            self.0.push(name.to_owned());
        }
    }

    /// To be called with what Burn's visitor gets.
    pub fn exit(&mut self, container: &str) {
        if counts(container) {
            self.0.pop();
        }
    }

    /// The name of the parameter that the visitor is at.
    pub fn name(&self) -> String {
        self.0.join(".")
    }
}

/// Which kind of net it is says nothing of a parameter: it stands in the experiment.
fn counts(container: &str) -> bool {
    !container.starts_with("Enum:")
        && !matches!(container, "Struct:Generator" | "Struct:Discriminator")
}
