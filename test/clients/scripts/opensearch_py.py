# opensearch-py 3 as a shop's server uses it.
from opensearchpy import NotFoundError, OpenSearch, RequestError, helpers

from ways import JACKETS, ids_of, index, report


def ask(url, headers):
    client = OpenSearch(url, headers=headers, max_retries=0)
    answers = {
        "page": page(client),
        "pages": [hit for start in range(0, 20, 7) for hit in ids_of(search(client, {"size": 7, "from": start}))],
        "searchAfter": search_after(client),
        "pit": point_in_time(client),
        "helpers": scan(client),
        "msearch": multi_search(client),
        "documents": documents(client),
        "errors": failures(client),
    }
    client.close()
    return answers


def search(client, more):
    return client.search(index=index, body={"query": JACKETS, **more})


def page(client):
    answer = search(
        client,
        {
            "size": 20,
            "track_total_hits": True,
            "highlight": {"fields": {"title": {}}},
            "aggs": {"brands": {"terms": {"field": "brand"}}, "dearest": {"max": {"field": "price"}}},
            "suggest": {"brands": {"prefix": "fj", "completion": {"field": "suggest", "skip_duplicates": True}}},
        },
    )
    return {
        "ids": ids_of(answer),
        "total": answer["hits"]["total"],
        "highlights": {hit["_id"]: hit["highlight"]["title"] for hit in answer["hits"]["hits"]},
        "aggregations": answer["aggregations"],
        "suggestions": [option["text"] for option in answer["suggest"]["brands"][0]["options"]],
    }


SORT = [{"_score": "desc"}, {"object_id": "asc"}]


def search_after(client):
    ids, after = [], {}
    while True:
        answer = search(client, {"size": 6, "sort": SORT, **after})
        if not answer["hits"]["hits"]:
            return ids
        ids += ids_of(answer)
        after = {"search_after": answer["hits"]["hits"][-1]["sort"]}


def point_in_time(client):
    pit = client.create_pit(index=index, params={"keep_alive": "1m"})["pit_id"]
    ids, after = [], {}
    while True:
        body = {"pit": {"id": pit}, "query": JACKETS, "size": 6, "sort": SORT, **after}
        answer = client.search(body=body)
        if not answer["hits"]["hits"]:
            break
        ids += ids_of(answer)
        after = {"search_after": answer["hits"]["hits"][-1]["sort"]}
    deleted = client.delete_pit(body={"pit_id": [pit]})
    return {"ids": ids, "succeeded": deleted["pits"][0]["successful"]}


def scan(client):
    query = {"query": JACKETS}
    by_score = helpers.scan(client, index=index, query=query, size=6, preserve_order=True)
    unsorted = helpers.scan(client, index=index, query=query, size=6)
    return {"by_score": [hit["_id"] for hit in by_score], "unsorted": [hit["_id"] for hit in unsorted]}


def multi_search(client):
    found, facets, absent = client.msearch(
        body=[
            {"index": index},
            {"query": JACKETS, "size": 20},
            {"index": index},
            {"query": JACKETS, "size": 0, "aggs": {"brands": {"terms": {"field": "brand"}}}},
            {"index": f"{index}-absent"},
            {"query": JACKETS},
        ]
    )["responses"]
    return {
        "ids": ids_of(found),
        "brands": facets["aggregations"]["brands"]["buckets"],
        "absent": [absent["status"], absent["error"]["type"]],
    }


def documents(client):
    return {
        "count": client.count(index=index, body={"query": JACKETS})["count"],
        "_source": client.get(index=index, id="p100")["_source"],
        "found": [doc["found"] for doc in client.mget(index=index, body={"ids": ["p101", "absent"]})["docs"]],
        "exists": client.exists(index=index, id="p100"),
    }


def failures(client):
    found = []
    try:
        client.search(index=f"{index}-absent")
    except NotFoundError as error:
        found.append([error.status_code, error.error])
    try:
        client.search(index=index, body={"query": {"matches": {}}})
    except RequestError as error:
        found.append([error.status_code, error.error])
    return found


def identify(url, headers, visitors):
    client = OpenSearch(url, headers=headers)
    user, session = visitors["user"], visitors["session"]
    body = {"query": JACKETS, "size": 20}
    sniffing = OpenSearch(url, headers=headers, sniff_on_start=True, sniff_on_connection_fail=True)
    sniffed = [sniffing.search(index=index, body=body, headers={"x-user-id": user}) for _ in range(3)]
    compressed = OpenSearch(url, headers=headers, http_compress=True)

    def in_body(ext):
        return ids_of(client.search(index=index, body={**body, "ext": ext}))

    def by_header(name, value, asked=client):
        return ids_of(asked.search(index=index, body=body, headers={name: value}))

    return {
        "user": {
            "headers of the request": by_header("x-user-id", user),
            "ext in the body": in_body({"kindred": {"user_id": user}}),
            "a sniffing client": ids_of(sniffed[-1]),
        },
        "session": {
            "headers of the request": by_header("x-session-id", session),
            "ext in the body": in_body({"kindred": {"session_id": session}}),
        },
        "compressed": by_header("x-user-id", user, compressed),
        "nodes": [connection.host for connection in sniffing.transport.connection_pool.connections],
    }


report(ask, identify)
