//! The tools as imports. An endpoint that depends on this crate imports every tool it calls; `spin.toml` says which
//! component fills each import.

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: [
            "../../../wit/types",
            "../../../wit/add-task",
            "../../../wit/list-tasks",
            "../../../wit/get-task",
            "../../../wit/update-task",
            "../../../wit/complete-task",
            "../../../wit/reopen-task",
            "../../../wit/delete-task",
            "../../../wit/search-tasks",
            "../../../wit/overview",
            "../../../wit/export-tasks",
            "../../../wit/complete-tasks",
            "../../../wit/delete-tasks",
            "../../../wit/restore-tasks",
        ],
        inline: "
            package todo:task-tools;
            world tools {
                import todo:add-task/tool@1.0.0;
                import todo:list-tasks/tool@1.0.0;
                import todo:get-task/tool@1.0.0;
                import todo:update-task/tool@1.0.0;
                import todo:complete-task/tool@1.0.0;
                import todo:reopen-task/tool@1.0.0;
                import todo:delete-task/tool@1.0.0;
                import todo:search-tasks/tool@1.0.0;
                import todo:overview/tool@1.0.0;
                import todo:export-tasks/tool@1.0.0;
                import todo:complete-tasks/tool@1.0.0;
                import todo:delete-tasks/tool@1.0.0;
                import todo:restore-tasks/tool@1.0.0;
            }
        ",
        world: "todo:task-tools/tools",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
}

pub use bindings::todo::{
    add_task::tool as add_task, complete_task::tool as complete_task, complete_tasks::tool as complete_tasks,
    delete_task::tool as delete_task, delete_tasks::tool as delete_tasks, export_tasks::tool as export_tasks,
    get_task::tool as get_task, list_tasks::tool as list_tasks, overview::tool as overview,
    reopen_task::tool as reopen_task, restore_tasks::tool as restore_tasks,
    search_tasks::tool as search_tasks, update_task::tool as update_task,
};
