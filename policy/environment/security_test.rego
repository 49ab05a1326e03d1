package security_test

import data.security
import data.sound

refused(patches) := found if {
	found := security.deny with input as sound.broken("deployment", patches)
}

one_more(place, name, value) := [sound.put(sprintf("%s/securityContext/%s", [place, name]), value)]

test_root if {
	refused(one_more(sound.pod, "runAsNonRoot", false)) == {"Deployment/todo: container app may run as root: set runAsNonRoot"}
	refused(one_more(sound.app, "runAsUser", 0)) == {"Deployment/todo: container app runs as user 0"}
}

# The container's word is the last one.
test_a_container_overrides_its_pod if count(refused(one_more(sound.app, "runAsNonRoot", false))) == 1

test_privileges if {
	count(refused(one_more(sound.app, "allowPrivilegeEscalation", true))) == 1
	count(refused(one_more(sound.app, "privileged", true))) == 1
	count(refused([sound.take(sprintf("%s/securityContext/allowPrivilegeEscalation", [sound.app]))])) == 1
}

test_root_file_system if count(refused(one_more(sound.app, "readOnlyRootFilesystem", false))) == 1

test_capabilities if {
	count(refused(one_more(sound.app, "capabilities", {"drop": ["NET_RAW"]}))) == 1
	count(refused(one_more(sound.app, "capabilities", {"drop": ["ALL"], "add": ["SYS_ADMIN"]}))) == 1
}

test_seccomp if {
	count(refused([sound.take(sprintf("%s/securityContext/seccompProfile", [sound.pod]))])) == 1
	count(refused(one_more(sound.app, "seccompProfile", {"type": "Unconfined"}))) == 1
}

test_a_container_that_says_nothing if {
	found := refused([sound.take(sprintf("%s/securityContext", [sound.app])), sound.take(sprintf("%s/securityContext", [sound.pod]))])
	count(found) == 5
}

test_the_node if {
	count(refused([sound.put(sprintf("%s/hostNetwork", [sound.pod]), true)])) == 1
	count(refused([sound.put(sprintf("%s/volumes", [sound.pod]), [{"name": "n", "hostPath": {"path": "/"}}])])) == 1
}

test_token if count(refused([sound.take(sprintf("%s/automountServiceAccountToken", [sound.pod]))])) == 1

test_rights if {
	role := {"kind": "Role", "metadata": {"name": "r"}, "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}
	count(security.deny) == 1 with input as [{"path": "r.yaml", "contents": role}]
	count(security.deny) == 0 with input as [{"path": "r.yaml", "contents": object.union(role, {"rules": []})}]
}

rollout(rules) := [{"path": "r.yaml", "contents": {
	"kind": "Role",
	"metadata": {"name": "r", "labels": {"app.kubernetes.io/component": "rollout"}},
	"rules": rules,
}}]

test_rights_of_the_job_that_waits if {
	looks := {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get"]}
	replaces := {"apiGroups": [""], "resources": ["pods"], "verbs": ["list", "delete"]}
	reads := {"apiGroups": [""], "resources": ["secrets"], "verbs": ["list"]}
	count(security.deny) == 0 with input as rollout([looks, replaces])
	count(security.deny) == 1 with input as rollout([looks, reads])
	count(security.deny) == 1 with input as rollout([object.union(looks, {"verbs": ["get", "patch"]})])
	count(security.deny) == 1 with input as rollout([object.union(looks, {"apiGroups": ["*"]})])
}

test_init_containers_too if {
	found := refused([sound.put(sprintf("%s/initContainers", [sound.pod]), [{"name": "i"}])])
	"Deployment/todo: container i may gain privileges: set allowPrivilegeEscalation: false" in found
}
