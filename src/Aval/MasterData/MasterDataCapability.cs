using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.MasterData;

/// <summary>Who answers for the data of customers: entered, verified, flagged, stale.</summary>
public sealed class MasterDataCapability : ICapability
{
    public string Name => "MasterData";
    public IReadOnlyList<Table> Tables => [MasterDataFacts.Table];
    public IFactsSlice EmptyFacts => MasterDataFacts.Empty;

    public void Map(Api api)
    {
        TellField.Map(api);
        ReadData.Map(api);
    }
}
