/** What the contracts of the APIs say, as far as the page needs it. */

const METHODS = ["get", "put", "post", "delete", "patch", "options", "head"];

/**
 * Every API that is served: its name, title, the path that its operations are under, their ids, the path of
 * one of them that needs no more than a URL, and the members that its records may have.
 */
export async function loadApis(control) {
  const { apis } = await control.get("/health");
  return Promise.all(apis.map((name) => loadApi(control, name)));
}

async function loadApi(control, name) {
  const answer = await fetch(`${control.root}/${name}/openapi.json`);
  const contract = await answer.json();
  return {
    name,
    title: contract.info.title,
    path: contract.servers[0].url.slice(control.root.length),
    example:
      Object.keys(contract.paths).find((path) => "get" in contract.paths[path] && !path.includes("{")) ?? "",
    operations: Object.values(contract.paths).flatMap(operationsOf).sort(),
    members: membersOf(contract),
  };
}

// Records have an id. What no schema with an id names is the mock's own, and nobody may set it.
function membersOf({ components }) {
  const described = Object.values(components.schemas).map((schema) => Object.keys(schema.properties ?? {}));
  return new Set(described.filter((names) => names.includes("id")).flat());
}

function operationsOf(item) {
  return METHODS.filter((method) => method in item).map((method) => item[method].operationId);
}

/** The operations of one API, or of all, as options of a select. */
export function operationOptions(apis, name) {
  const chosen = apis.filter((api) => !name || api.name === name);
  if (chosen.length === 1) return [["", "Any"], ...chosen[0].operations];
  return [["", "Any"], ...chosen.map((api) => ({ group: api.name, options: api.operations }))];
}

/** The APIs as options of a select. */
export function apiOptions(apis) {
  return [["", "Any"], ...apis.map((api) => api.name)];
}
