package images_test

import data.images
import data.sound

with_image(image) := sound.broken("deployment", [sound.put(sprintf("%s/image", [sound.app]), image)])

in_dev(image) := json.patch(with_image(image), [
	{"op": "add", "path": "/1/contents/metadata/labels/environment", "value": "dev"},
])

test_no_tag if {
	some image in ["todo", "registry.example:5000/todo-assistant/runtime"]
	images.deny == {sprintf("Deployment/todo: image %q has neither tag nor digest", [image])} with input as in_dev(image)
}

test_a_registry_port_is_no_tag if images.tag("registry.example:5000/app") == ""

test_latest if {
	images.deny == {`Deployment/todo: image "todo:latest" is whatever was pushed last: name a version`} with input as in_dev("todo:latest")
}

test_a_version_will_do_in_dev if count(images.deny) == 0 with input as in_dev("todo:1.2.3")

test_prod_wants_a_digest if {
	images.deny == {`Deployment/todo: image "todo:1.2.3" is not pinned by a digest, as prod demands`} with input as with_image("todo:1.2.3")
}

test_a_short_digest_is_none if count(images.deny) > 0 with input as with_image("todo@sha256:00")

# What the runtime pulls by itself counts as much as what the node pulls.
test_the_app_that_is_pulled_at_the_start if {
	patch := [sound.put(sprintf("%s/args/2", [sound.app]), "registry.example/app:latest")]
	some message in images.deny with input as sound.broken("deployment", patch)
	contains(message, "registry.example/app:latest")
}

test_spin_app if {
	some message in images.deny with input as sound.broken("spin", [sound.put("/spec/image", "app:latest")])
	startswith(message, "SpinApp/spin")
}

test_executor if {
	executor := {"kind": "SpinAppExecutor", "metadata": {"name": "e"}, "spec": {"deploymentConfig": {"spinImage": "runtime"}}}
	some message in images.deny with input as [{"path": "e.yaml", "contents": executor}]
	startswith(message, "SpinAppExecutor/e")
}

test_database if {
	cluster := {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": {"name": "db"}, "spec": {"imageName": "postgresql:latest"}}
	some message in images.deny with input as [{"path": "db.yaml", "contents": cluster}]
	startswith(message, "Cluster/db")
}

# A Job's init container is pulled, too; so is what stands in a file with several documents.
test_init_container_of_a_cron_job if {
	job := {"kind": "CronJob", "metadata": sound.metadata, "spec": {"jobTemplate": {"spec": {"template": {"spec": {"initContainers": [{"name": "i", "image": "i"}]}}}}}}
	count(images.deny) > 0 with input as [{"path": "jobs.yaml", "contents": [sound.config, job]}]
}
