//! The file in which a sandbox keeps its state.

use zendesk_oauth_sandbox::Sandbox;

use crate::canned::at_once;
use crate::local::assert_answers;
use crate::printed::assert_fit_text;
use crate::scratch::{assert_untouched, folder, put};

/// The file.
pub fn run(data: &[u8]) {
    let folder = folder();
    let path = put(folder.path(), "state.json", data);
    at_once(async {
        let begun = Sandbox::builder().random(1).state_file(&path).start().await;
        let sandbox = match begun {
            Ok(sandbox) => sandbox,
            Err(error) => {
                let said = error.to_string();
                let name = path.display().to_string();
                assert!(
                    zendesk_oauth_tests::printed(&error).contains(&name),
                    "which file? {said}"
                );
                assert_fit_text(&said);
                assert_untouched(&path, data);
                return;
            }
        };
        let is_real = !String::from_utf8_lossy(data).contains("\\u");
        if is_real {
            assert_answers(&sandbox).await;
        }
        sandbox.stop().await.expect("what was read can be written");
        let again = Sandbox::builder().random(1).state_file(&path).start().await;
        let again = again.expect("what it wrote is read again");
        again.stop().await.expect("and written again");
    });
}
