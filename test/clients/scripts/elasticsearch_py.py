# elasticsearch-py 8 and 9 as a shop's server uses them.
from elasticsearch import BadRequestError, Elasticsearch, NotFoundError, helpers

from ways import JACKETS, ids_of, index, report


def ask(url, headers):
    client = Elasticsearch(url, headers=headers, max_retries=0)
    answers = {
        "page": page(client),
        "pages": [hit for start in range(0, 20, 7) for hit in ids_of(search(client, size=7, from_=start))],
        "searchAfter": search_after(client),
        "pit": point_in_time(client),
        "helpers": scan(client),
        "msearch": multi_search(client),
        "documents": documents(client),
        "errors": failures(client),
        "opaqueId": client.options(opaque_id="page-7").search(index=index, size=0).meta.headers["x-opaque-id"],
    }
    client.close()
    return answers


def search(client, **more):
    return client.search(index=index, query=JACKETS, **more)


def page(client):
    answer = search(
        client,
        size=20,
        track_total_hits=True,
        highlight={"fields": {"title": {}}},
        aggs={"brands": {"terms": {"field": "brand"}}, "dearest": {"max": {"field": "price"}}},
        suggest={"brands": {"prefix": "fj", "completion": {"field": "suggest", "skip_duplicates": True}}},
    )
    return {
        "ids": ids_of(answer),
        "total": answer["hits"]["total"],
        "highlights": {hit["_id"]: hit["highlight"]["title"] for hit in answer["hits"]["hits"]},
        "aggregations": answer["aggregations"],
        "suggestions": [option["text"] for option in answer["suggest"]["brands"][0]["options"]],
    }


def search_after(client):
    sort = [{"_score": "desc"}, {"object_id": "asc"}]
    ids, after = [], None
    while True:
        answer = search(client, size=6, sort=sort, search_after=after)
        if not answer["hits"]["hits"]:
            return ids
        ids += ids_of(answer)
        after = answer["hits"]["hits"][-1]["sort"]


def point_in_time(client):
    pit = client.open_point_in_time(index=index, keep_alive="1m")["id"]
    sort = [{"_score": "desc"}, {"_shard_doc": "asc"}]
    ids, after = [], None
    while True:
        answer = client.search(pit={"id": pit}, query=JACKETS, size=6, sort=sort, search_after=after)
        if not answer["hits"]["hits"]:
            break
        ids += ids_of(answer)
        after = answer["hits"]["hits"][-1]["sort"]
    return {"ids": ids, "succeeded": client.close_point_in_time(id=pit)["succeeded"]}


def scan(client):
    query = {"query": JACKETS}
    by_score = helpers.scan(client, index=index, query=query, size=6, preserve_order=True)
    unsorted = helpers.scan(client, index=index, query=query, size=6)
    return {"by_score": [hit["_id"] for hit in by_score], "unsorted": [hit["_id"] for hit in unsorted]}


def multi_search(client):
    found, facets, absent = client.msearch(
        searches=[
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
        "count": client.count(index=index, query=JACKETS)["count"],
        "_source": client.get(index=index, id="p100")["_source"],
        "found": [doc["found"] for doc in client.mget(index=index, ids=["p101", "absent"])["docs"]],
        "exists": bool(client.exists(index=index, id="p100")),
    }


def failures(client):
    found = []
    try:
        client.search(index=f"{index}-absent")
    except NotFoundError as error:
        found.append([error.status_code, error.error])
    try:
        client.search(index=index, query={"matches": {}})
    except BadRequestError as error:
        found.append([error.status_code, error.error])
    return found


def identify(url, headers, visitors):
    client = Elasticsearch(url, headers=headers)
    user, session = visitors["user"], visitors["session"]
    whole = {"index": index, "query": JACKETS, "size": 20}
    sniffing = Elasticsearch(url, headers=headers, sniff_on_start=False, sniff_before_requests=True)
    sniffed = [sniffing.options(headers={"x-user-id": user}).search(**whole) for _ in range(3)]
    compressed = Elasticsearch(url, headers=headers, http_compress=True)
    return {
        "user": {
            "headers of the request": ids_of(client.options(headers={"x-user-id": user}).search(**whole)),
            "ext in the body": ids_of(client.search(**whole, ext={"kindred": {"user_id": user}})),
            "a sniffing client": ids_of(sniffed[-1]),
        },
        "session": {
            "headers of the request": ids_of(client.options(headers={"x-session-id": session}).search(**whole)),
            "ext in the body": ids_of(client.search(**whole, ext={"kindred": {"session_id": session}})),
        },
        "compressed": ids_of(compressed.options(headers={"x-user-id": user}).search(**whole)),
        "nodes": [node.base_url for node in sniffing.transport.node_pool.all()],
    }


report(ask, identify)
