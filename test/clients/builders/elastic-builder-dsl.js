// elastic-builder, by the searches that shops write with it.
import esb from 'elastic-builder';
import { index, print } from './print.js';

const search = () => esb.requestBodySearch().size(60);
const jacket = () => esb.matchQuery('title', 'jacket');
const red = esb.termQuery('color', 'red');
const place = esb.geoPoint().lat(52.5).lon(13.4);

const built = {
  search: search().query(
    esb.multiMatchQuery(['title^3', 'description'], 'red jacket').type('best_fields').tieBreaker(0.3),
  ),
  mistyped: search().query(
    esb.multiMatchQuery(['title', 'description'], 'jakcet').fuzziness('AUTO').prefixLength(1),
  ),
  'filters and facets': search()
    .query(
      esb
        .boolQuery()
        .must(jacket())
        .filter([esb.termsQuery('brand', ['Acme', 'Fjord']), esb.rangeQuery('price').gte(30)]),
    )
    .agg(esb.termsAggregation('brands', 'brand').agg(esb.avgAggregation('price', 'price')))
    .agg(esb.histogramAggregation('prices', 'price', 10)),
  'facets beside a chosen one': search()
    .query(jacket())
    .postFilter(esb.termQuery('brand', 'Fjord'))
    .agg(esb.globalAggregation('all').agg(esb.termsAggregation('colors', 'color')))
    .agg(
      esb
        .filterAggregation('chosen', esb.termQuery('brand', 'Fjord'))
        .agg(esb.termsAggregation('colors', 'color')),
    ),
  'while typing': search().query(esb.matchPhrasePrefixQuery('title', 'red jac')).source(['title', 'brand']),
  'by prefix': search().query(esb.multiMatchQuery(['title', 'description'], 'jac').type('bool_prefix')),
  'popular first': search().query(
    esb
      .functionScoreQuery()
      .query(jacket())
      .functions([
        esb.weightScoreFunction(3).filter(red),
        esb.fieldValueFactorFunction('popularity').modifier('ln2p').missing(1),
        esb.decayScoreFunction('gauss', 'created').origin('2026-06-01').scale('30d').decay(0.5),
      ])
      .scoreMode('sum')
      .boostMode('multiply')
      .maxBoost(10),
  ),
  'nearby first': search().query(
    esb
      .functionScoreQuery()
      .query(jacket())
      .function(esb.decayScoreFunction('exp', 'location').origin(place).scale('10km')),
  ),
  'within a distance': search().query(
    esb.boolQuery().must(jacket()).filter(esb.geoDistanceQuery('location', place).distance('20km')),
  ),
  highlighted: search()
    .query(jacket())
    .highlight(
      esb
        .highlight(['title', 'description'])
        .preTags('<b>', 'title')
        .postTags('</b>', 'title')
        .numberOfFragments(0),
    ),
  'last word on brands': search().query(esb.boostingQuery(jacket(), esb.termQuery('brand', 'Bolt'), 0.2)),
  'best of': search().query(
    esb
      .disMaxQuery()
      .queries([jacket(), esb.matchQuery('description', 'jacket')])
      .tieBreaker(0.4),
  ),
  'one of each brand': search()
    .query(jacket())
    .collapse('brand')
    .agg(esb.cardinalityAggregation('brands', 'brand')),
  'good ones only': search().query(esb.matchQuery('title', 'red jacket')).minScore(0.5),
  'words as typed': search().query(
    esb.simpleQueryStringQuery('jacket -red').fields(['title^2', 'description']).defaultOperator('and'),
  ),
  'a line of Lucene': search().query(esb.queryStringQuery('title:jacket AND (brand:Fjord OR color:red)')),
  'same score for all': search().query(esb.constantScoreQuery(esb.termQuery('category', 'jacket'))),
  'reordered by itself': search()
    .query(jacket())
    .rescore(
      esb.rescore(60, esb.matchPhraseQuery('title', 'red jacket')).queryWeight(0.7).rescoreQueryWeight(1.2),
    ),
  'a page': esb.requestBodySearch().query(jacket()).from(7).size(7).trackTotalHits(true),
  'with versions and explanation': esb
    .requestBodySearch()
    .query(jacket())
    .size(5)
    .version(true)
    .explain(true),
  'did you mean': search()
    .query(jacket())
    .suggest(esb.termSuggester('title', 'title', 'jakcet')),
};
const nested = {
  'children that match': search().query(
    esb
      .boolQuery()
      .must(jacket())
      .should(
        esb
          .nestedQuery(esb.termQuery('offers.size', 'M'), 'offers')
          .scoreMode('max')
          .innerHits(esb.innerHits('sizes').size(2)),
      ),
  ),
};
const unscored = {
  'sorted by price': search().query(jacket()).sort(esb.sort('price', 'desc')),
  'sorted by distance': search()
    .query(jacket())
    .sort(esb.sort('location', 'asc').geoDistance(place).unit('km')),
  'facets alone': esb.requestBodySearch().size(0).agg(esb.termsAggregation('brands', 'brand')),
  completions: esb
    .requestBodySearch()
    .size(0)
    .suggest(esb.completionSuggester('names', 'suggest').prefix('fj').skipDuplicates(true)),
};

const path = `/${index}/_search`;
const requests = (searches, more) =>
  Object.entries(searches).map(([name, body]) => ({ name, path, body: body.toJSON(), ...more }));
print([
  ...requests({ ...built, ...nested }),
  ...requests(unscored, { said: 'not-scored' }),
  {
    name: 'all of a page at once',
    path: '/_msearch',
    lines: [built.search, built['one of each brand'], unscored['facets alone']].flatMap((body) => [
      { index },
      body.toJSON(),
    ]),
  },
]);
